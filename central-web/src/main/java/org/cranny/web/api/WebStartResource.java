package org.cranny.web.api;

import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.Date;
import org.cranny.central.installation.WebStart;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What {@code javaws} fetches to start the backup application from a link. Nothing of it is secret. */
@Path("webstart")
@Tag(name = "joining")
@RequestScoped
public class WebStartResource {
    private static final String JAR = "application/java-archive";

    @Inject
    WebStart application;

    @Context
    HttpServletRequest request;

    @GET
    @Path(WebStart.DOCUMENT)
    @PermitAll
    @Produces("application/x-java-jnlp-file")
    @Operation(summary = "The document that names the jars of the backup application")
    @APIResponse(responseCode = "503", description = "NO_PACKAGES")
    public String document() {
        return application.document(
                "https://" + request.getServerName() + ":" + request.getServerPort() + request.getContextPath());
    }

    @GET
    @Path("{jar}")
    @PermitAll
    @Produces(JAR)
    @Operation(summary = "The backup application, signed in the realm's name")
    @APIResponse(responseCode = "404", description = "There is no such jar")
    public Response jar(@PathParam("jar") String jar, @Context Request conditions) {
        return answer(jar, conditions);
    }

    @GET
    @Path("lib/{jar}")
    @PermitAll
    @Produces(JAR)
    @Operation(summary = "One of its libraries, signed in the realm's name")
    @APIResponse(responseCode = "404", description = "There is no such jar")
    public Response library(@PathParam("jar") String jar, @Context Request conditions) {
        return answer("lib/" + jar, conditions);
    }

    private Response answer(String name, Request conditions) {
        java.io.File jar = application.jar(name).toFile();
        Date changed = new Date(jar.lastModified());
        Response.ResponseBuilder unchanged = conditions.evaluatePreconditions(changed);
        return (unchanged == null ? Response.ok(jar) : unchanged)
                .lastModified(changed)
                .build();
    }
}
