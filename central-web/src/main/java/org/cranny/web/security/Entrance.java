package org.cranny.web.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.security.enterprise.AuthenticationException;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.cranny.central.metrics.ScrapeToken;

/**
 * Central's only authentication mechanism. It decides by door and path and by nothing else:
 * <ul>
 *   <li>machines' door: the certificate of the TLS handshake, and the catalogue must know it;
 *   <li>people's door, {@code /api}: HTTP Basic, a token of a person, or the token of a scraper, which is good for the
 *       metrics alone; a session's cookie is no identity here, so no page elsewhere can use it;
 *   <li>people's door, pages: the session that the login page began, and the table of pages says for whom each is.
 * </ul>
 * Who proves nothing goes on as nobody; {@code web.xml} and {@link Gate} then refuse what is not for everybody.
 * Beans are looked up when a request needs them: mechanisms with injected beans start unreliably in enterprise archives.
 */
@ApplicationScoped
public class Entrance implements HttpAuthenticationMechanism {
    private static final String LOGIN = "/login.xhtml";

    @Override
    public AuthenticationStatus validateRequest(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context)
            throws AuthenticationException {
        Strictness.ask(request, response);
        try {
            if (Door.of(request) == Door.MACHINES) {
                return machine(request, response, context);
            }
            return Paths.isApi(request) ? person(request, response, context) : visitor(request, response, context);
        } catch (IOException e) {
            throw new AuthenticationException("the answer could not be written", e);
        }
    }

    private static AuthenticationStatus machine(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) throws IOException {
        Optional<Identity> known = MachineCertificate.shownBy(request).flatMap(select(Registry.class)::identify);
        if (known.isEmpty()) {
            Refusal.shutOut().send(response);
            return AuthenticationStatus.SEND_FAILURE;
        }
        return admit(known.get(), request, context);
    }

    private static AuthenticationStatus person(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) throws IOException {
        String header = request.getHeader("Authorization");
        if (header == null) {
            return nobody(response, context);
        }
        Entry entry = entry(request, header);
        if (entry instanceof Entry.Granted granted) {
            return admit(granted.identity(), request, context);
        }
        (entry instanceof Entry.Unknown ? Refusal.directoryAway() : Refusal.notLoggedIn()).send(response);
        return AuthenticationStatus.SEND_FAILURE;
    }

    private static Entry entry(HttpServletRequest request, String header) {
        Optional<BearerToken> token = BearerToken.parse(header);
        if (token.isPresent()) {
            return bearer(token.get().text());
        }
        Optional<BasicCredential> given = BasicCredential.parse(header);
        return given.isPresent()
                ? select(People.class).identify(given.get().name(), given.get().password(), request.getRemoteAddr())
                : new Entry.Refused();
    }

    private static Entry bearer(String token) {
        return select(ScrapeToken.class).is(token)
                ? new Entry.Granted(Identity.machine(Roles.SCRAPER, Set.of(Roles.SCRAPER)))
                : select(Bearers.class).identify(token);
    }

    private static AuthenticationStatus nobody(HttpServletResponse response, HttpMessageContext context)
            throws IOException {
        if (!context.isProtected()) {
            return context.doNothing();
        }
        Refusal.notLoggedIn().send(response);
        return AuthenticationStatus.SEND_FAILURE;
    }

    private static AuthenticationStatus visitor(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) throws IOException {
        Optional<Identity> known = select(Visits.class).current(request);
        if (known.isPresent()) {
            return admit(known.get(), request, context);
        }
        if (!context.isProtected()) {
            return context.doNothing();
        }
        response.sendRedirect(request.getContextPath() + LOGIN);
        return AuthenticationStatus.SEND_CONTINUE;
    }

    private static AuthenticationStatus admit(
            Identity identity, HttpServletRequest request, HttpMessageContext context) {
        request.setAttribute(Identity.ATTRIBUTE, identity);
        return context.notifyContainerAboutLogin(identity.name(), identity.roles());
    }

    private static <T> T select(Class<T> type) {
        return CDI.current().select(type).get();
    }
}
