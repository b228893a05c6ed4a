// Counts the parts of texts with the package `sms-segments-calculator`. Argument: a file with a JSON list of texts. Prints a
// list of [encoding, parts, whether a grapheme has several code points].

const { readFileSync } = require('node:fs');
const { SegmentedMessage } = require('sms-segments-calculator');

const texts = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const counted = texts.map((text) => {
  const message = new SegmentedMessage(text);
  const hasClusters = message.graphemes.some((grapheme) => [...grapheme].length > 1);
  return [message.encodingName, message.segmentsCount, hasClusters];
});
process.stdout.write(JSON.stringify(counted));
