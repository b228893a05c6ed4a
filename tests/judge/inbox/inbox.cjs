// Uses the mock's inbox in Chromium as a person does. Arguments: the program of Chromium, the folder for screenshots.
// Prints a line for each thing that holds, and `COMPLAINT: …` for each that does not.

const { chromium } = require('playwright-core');

const [program, folder] = process.argv.slice(2);
const { TELNYX_BASE_URL: api, INBOX: inbox } = process.env;
const [FROM, TO] = ['+13125550000', '+13125550001'];
const HOSTILE = '<img src=x onerror="document.title=\'broken\'"><script>document.title=\'broken\'</script> \u202etxt.exe';
const MANY = 10000;

function check(what, holds) {
  console.log(`${holds ? 'holds' : 'COMPLAINT'}: ${what}`);
}

async function send(text, to = TO) {
  const body = JSON.stringify({ from: FROM, to, text });
  const headers = { authorization: 'Bearer KEY', 'content-type': 'application/json' };
  return fetch(`${api}/messages`, { method: 'POST', headers, body });
}

/** Sends many messages, some at a time. */
async function sendMany(count) {
  let next = 0;
  const worker = async () => {
    while (next < count) {
      next += 1;
      const number = next % 500;
      await (await send(`Message ${next}`, `+1312556${String(number).padStart(4, '0')}`)).text();
    }
  };
  await Promise.all(Array.from({ length: 8 }, worker));
}

async function actions(page) {
  await send('Your code is 123456');
  await page.locator('.message', { hasText: 'Your code is 123456' }).waitFor();
  check('a message appears', true);
  await page.locator('#webhooks article', { hasText: 'message.finalized' }).first().waitFor();
  check('its webhook appears', true);

  await page.locator('#text').fill('Thanks!');
  await page.locator('#text').press('Enter');
  await page.locator('.message.inbound', { hasText: 'Thanks!' }).waitFor();
  const received = page.locator('#webhooks article', { hasText: 'message.received' }).first();
  await received.locator('li', { hasText: '200' }).waitFor();
  check('an answer is typed and arrives as a webhook', true);

  await received.getByRole('button', { name: 'Deliver again' }).click();
  await received.locator('li', { hasText: '2. 200' }).waitFor();
  check('an attempt is delivered again', true);

  await page.locator('#stop').click();
  await page.locator('#phones button', { hasText: 'opted out' }).waitFor();
  const refused = await (await send('One more')).json();
  check('STOP blocks', refused.errors?.[0].code === '40300');

  await send(HOSTILE, '+13125550002');
  await page.locator('#phones button', { hasText: '+13125550002' }).click();
  await page.locator('.message', { hasText: 'txt.exe' }).waitFor();
  const isText = (await page.locator('.message img, .message script').count()) === 0;
  check('a text is shown as text', isText && (await page.title()) === 'Inbox');
}

/** Chooses a phone while the page waits for the conversation with another one, whose answer comes first. */
async function choose(page) {
  const [first, second] = [TO, '+13125550002'].map((phone) => page.locator('#phones button', { hasText: phone }));
  const held = [];
  const ofInbox = (url) => url.pathname === '/_mock/inbox';
  await page.route(ofInbox, async (route) => {
    const response = await route.fetch();
    await new Promise((resolve) => { held.push(resolve); });
    await route.fulfill({ response });
  });
  const one = async () => {
    while (!held.length) await page.waitForTimeout(20);
    return held.shift();
  };
  await first.click();
  const answerFirst = await one();
  await second.click();
  await page.waitForTimeout(200);
  answerFirst();
  await page.waitForTimeout(200);
  (await one())();
  await page.waitForTimeout(200);
  const [who, messages] = [await page.locator('#who').textContent(), await page.locator('#messages').textContent()];
  check('the last click decides on the conversation', who.startsWith('+13125550002') && messages.includes('txt.exe'));
  const unrouted = page.unroute(ofInbox);
  held.forEach((answer) => answer());
  await unrouted;
}

async function screenshots(page) {
  await page.locator('#webhooks summary').first().click();
  for (const [name, width, height] of [['wide', 1280, 800], ['narrow', 390, 844]]) {
    await page.setViewportSize({ width, height });
    await page.screenshot({ path: `${folder}/inbox-${name}.png` });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    check(`the ${name} page has no horizontal scroll bar`, overflow <= 0);
  }
  await page.setViewportSize({ width: 1280, height: 800 });
}

async function many(page) {
  await sendMany(MANY / 2);
  console.log('memory: half');
  await sendMany(MANY / 2);
  console.log('memory: all');
  const start = Date.now();
  await send('The last one', '+13125550003');
  const button = page.locator('#phones button', { hasText: '+13125550003' });
  await button.click();
  await page.locator('.message', { hasText: 'The last one' }).waitFor();
  const took = Date.now() - start;
  check(`after ${MANY} messages a new one is shown in ${took} ms, which is under 2 s`, took < 2000);
  const nodes = await page.evaluate(() => document.querySelectorAll('*').length);
  check(`the page has ${nodes} elements, which is under 5,000`, nodes < 5000);
}

(async () => {
  const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
  const browser = await chromium.launch({ executablePath: program, args });
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.on('pageerror', (error) => check(`the page fails: ${error}`, false));
  page.on('request', (request) => request.url().startsWith(inbox) || check(`the page asks for ${request.url()}`, false));
  await page.goto(inbox);
  await actions(page);
  await choose(page);
  await screenshots(page);
  await many(page);
  await browser.close();
})().catch((error) => {
  check(error.message.split('\n')[0], false);
  process.exit(1);
});
