//! TLS for the built-in transport. It is the only module that uses rustls and its platform verifier.
//!
//! If several features are on, the client uses the first of `native-tls`, `aws-lc-rs`, `rustls`. Only `rustls` is on by default,
//! so somebody chose the other two on purpose.

use reqwest::ClientBuilder;

use crate::error::ConfigError;

/// Whether `https` works at all: without a TLS feature only a transport of the caller's can do it.
pub(crate) const HAS_TLS: bool = cfg!(any(feature = "native-tls", feature = "__rustls"));

#[cfg(feature = "native-tls")]
pub(super) fn configure(
    builder: ClientBuilder,
    pem_roots: &[Vec<u8>],
) -> Result<ClientBuilder, ConfigError> {
    let mut builder = builder
        .tls_backend_native()
        .tls_version_min(reqwest::tls::Version::TLS_1_2);
    for pem in pem_roots {
        let roots = reqwest::Certificate::from_pem_bundle(pem).map_err(not_pem)?;
        if roots.is_empty() {
            return Err(not_pem("no certificate in it"));
        }
        builder = builder.tls_certs_merge(roots);
    }
    Ok(builder)
}

#[cfg(all(feature = "__rustls", not(feature = "native-tls")))]
pub(super) fn configure(
    builder: ClientBuilder,
    pem_roots: &[Vec<u8>],
) -> Result<ClientBuilder, ConfigError> {
    use std::sync::Arc;

    use rustls::pki_types::CertificateDer;
    use rustls::pki_types::pem::PemObject;
    use rustls_platform_verifier::Verifier;

    let provider = Arc::new(provider());
    let mut roots = Vec::new();
    for pem in pem_roots {
        let before = roots.len();
        for root in CertificateDer::pem_slice_iter(pem) {
            roots.push(root.map_err(not_pem)?);
        }
        if roots.len() == before {
            return Err(not_pem("no certificate in it"));
        }
    }
    let failed =
        |error: rustls::Error| ConfigError::new("TLS could not be set up").caused_by(error);
    let verifier =
        Verifier::new_with_extra_roots(roots, Arc::clone(&provider)).map_err(|error| {
            ConfigError::new(
                "no certificate to trust could be loaded: install the system's (`ca-certificates` on Linux), \
                 or name one with `add_root_certificate`",
            )
            .caused_by(error)
        })?;
    let mut config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(failed)?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth();
    if cfg!(feature = "http2") {
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    }
    Ok(builder.tls_backend_preconfigured(config))
}

#[cfg(all(feature = "aws-lc-rs", not(feature = "native-tls")))]
fn provider() -> rustls::crypto::CryptoProvider {
    rustls::crypto::aws_lc_rs::default_provider()
}

#[cfg(all(
    feature = "rustls",
    not(any(feature = "aws-lc-rs", feature = "native-tls"))
))]
fn provider() -> rustls::crypto::CryptoProvider {
    rustls::crypto::ring::default_provider()
}

#[cfg(not(any(feature = "native-tls", feature = "__rustls")))]
pub(super) fn configure(
    builder: ClientBuilder,
    pem_roots: &[Vec<u8>],
) -> Result<ClientBuilder, ConfigError> {
    if pem_roots.is_empty() {
        Ok(builder)
    } else {
        Err(ConfigError::new(
            "a root certificate needs one of the features `rustls`, `aws-lc-rs`, `native-tls`",
        ))
    }
}

#[cfg(any(feature = "native-tls", feature = "__rustls"))]
fn not_pem(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> ConfigError {
    ConfigError::new("a root certificate must be in PEM form").caused_by(source)
}
