package org.cranny.web.api;

import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import org.cranny.central.installation.JoinLines;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What a line fetches that somebody pastes on a machine that is to join ({@link InstallationResource#line}). */
@Path("join")
@Tag(name = "joining")
@RequestScoped
public class JoinResource {
    @Inject
    JoinLines lines;

    @Context
    HttpServletRequest request;

    @GET
    @PermitAll
    @Produces("text/x-shellscript")
    @Operation(summary = "The script that the line runs; nothing in it is secret")
    public String script(@QueryParam("roles") String roles) {
        String central =
                "https://" + request.getServerName() + ":" + request.getServerPort() + request.getContextPath();
        return lines.script(Arrays.asList(String.valueOf(roles).split(",")), central, request.getRemoteAddr());
    }

    @GET
    @Path("{role}/{arch}")
    @PermitAll
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    @Operation(summary = "The archive of a program, for a machine that shows the token of its line")
    @APIResponse(responseCode = "403", description = "UNKNOWN_TOKEN or EXPIRED_TOKEN")
    @APIResponse(responseCode = "404", description = "There is no such package")
    public Response archive(
            @HeaderParam("Cranny-Token") String token, @PathParam("role") String role, @PathParam("arch") String arch) {
        return Response.ok(lines.archive(token, role, arch).toFile()).build();
    }
}
