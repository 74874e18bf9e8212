package org.cranny.web.security;

import jakarta.servlet.ServletRequest;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.cranny.protocol.id.SystemId;

/** Reads which system a certificate names; whether it is genuine was decided by the TLS handshake. */
final class MachineCertificate {
    private static final String ATTRIBUTE = "jakarta.servlet.request.X509Certificate";
    private static final Integer URI = 6;

    private MachineCertificate() {}

    static Optional<X509Certificate> shownBy(ServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof X509Certificate[] chain && chain.length > 0
                ? Optional.of(chain[0])
                : Optional.empty();
    }

    /** The one system this certificate names; empty when it names none, several, or something that is no system. */
    static Optional<SystemId> system(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            List<String> uris = names == null
                    ? List.of()
                    : names.stream()
                            .filter(name -> URI.equals(name.get(0)))
                            .map(name -> (String) name.get(1))
                            .toList();
            return uris.size() == 1 ? Optional.of(SystemId.ofUri(uris.get(0))) : Optional.empty();
        } catch (CertificateParsingException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
