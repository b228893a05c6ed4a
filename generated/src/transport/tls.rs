//! TLS for the built-in transport. This is the only module that uses rustls and its platform verifier.
//!
//! If several features are on, the client uses the first of `native-tls`, `aws-lc-rs`, `rustls`. Only `rustls` is on by default,
//! so somebody chose `native-tls` or `aws-lc-rs` on purpose.

use reqwest::ClientBuilder;

use crate::error::ConfigError;

/// Whether the built-in transport supports `https`. Without a TLS feature, only the caller's own transport can.
pub(crate) const HAS_TLS: bool = cfg!(any(feature = "native-tls", feature = "__rustls"));

/// The number of servers whose TLS sessions a pool keeps: the API, and perhaps a proxy.
#[cfg(all(feature = "__rustls", not(feature = "native-tls")))]
const SESSIONS: usize = 8;

/// The certificates that the client trusts. They are read once for all pools of connections.
#[cfg(feature = "native-tls")]
pub(super) struct Tls {
    roots: Vec<reqwest::Certificate>,
}

#[cfg(feature = "native-tls")]
impl Tls {
    pub(super) fn new(pem_roots: &[Vec<u8>]) -> Result<Self, ConfigError> {
        let mut roots = Vec::new();
        for pem in pem_roots {
            let more = reqwest::Certificate::from_pem_bundle(pem).map_err(not_pem)?;
            if more.is_empty() {
                return Err(not_pem("no certificate in it"));
            }
            roots.extend(more);
        }
        Ok(Self { roots })
    }

    pub(super) fn configure(&self, builder: ClientBuilder) -> ClientBuilder {
        builder
            .tls_backend_native()
            .tls_version_min(reqwest::tls::Version::TLS_1_2)
            .tls_certs_merge(self.roots.iter().cloned())
    }
}

/// The certificates that the client trusts. They are read once for all pools of connections, because on Linux the system's
/// certificates are a file.
#[cfg(all(feature = "__rustls", not(feature = "native-tls")))]
pub(super) struct Tls {
    config: rustls::ClientConfig,
}

#[cfg(all(feature = "__rustls", not(feature = "native-tls")))]
impl Tls {
    pub(super) fn new(pem_roots: &[Vec<u8>]) -> Result<Self, ConfigError> {
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
        Ok(Self { config })
    }

    /// Pools share the trusted certificates, but no TLS sessions, because a child process must not share a lock with its parent.
    pub(super) fn configure(&self, builder: ClientBuilder) -> ClientBuilder {
        let mut config = self.config.clone();
        config.resumption = rustls::client::Resumption::in_memory_sessions(SESSIONS);
        builder.tls_backend_preconfigured(config)
    }
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
pub(super) struct Tls;

#[cfg(not(any(feature = "native-tls", feature = "__rustls")))]
impl Tls {
    pub(super) fn new(pem_roots: &[Vec<u8>]) -> Result<Self, ConfigError> {
        if pem_roots.is_empty() {
            Ok(Self)
        } else {
            Err(ConfigError::new(
                "a root certificate needs one of the features `rustls`, `aws-lc-rs`, `native-tls`",
            ))
        }
    }

    pub(super) fn configure(&self, builder: ClientBuilder) -> ClientBuilder {
        builder
    }
}

#[cfg(any(feature = "native-tls", feature = "__rustls"))]
fn not_pem(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> ConfigError {
    ConfigError::new("a root certificate must be in PEM form").caused_by(source)
}
