package org.cranny.web.api;

import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.cranny.central.authority.Authority;
import org.cranny.central.settings.Settings;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What anybody may know of this realm. */
@Path("realm")
@Tag(name = "realm")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class RealmResource {
    @Inject
    Authority authority;

    @Inject
    Settings settings;

    /**
     * The realm as anybody may see it.
     *
     * @param caFingerprint SHA-256 of the authority's certificate, hex
     * @param certificate of the authority, PEM
     * @param realmKeys signed {@code RealmKeys}, base64url
     * @param machinesUrl where machines talk to central
     */
    public record Realm(String realm, String caFingerprint, String certificate, String realmKeys, String machinesUrl) {}

    @GET
    @PermitAll
    @Operation(summary = "The realm, its authority's certificate and its keys; for everybody")
    public Realm realm() {
        return new Realm(
                authority.realm().hex(),
                authority.fingerprint(),
                authority.pem(),
                authority.realmKeys(),
                settings.machinesUrl());
    }
}
