package org.cranny.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.cranny.central.masterfile.MasterFileChanges;
import org.cranny.central.masterfile.MasterFileVersion;
import org.cranny.central.masterfile.MasterFiles;
import org.cranny.protocol.masterfile.MasterFile;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;
import org.cranny.web.security.Roles;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The signed list of hosts. */
@Path("master-file")
@Tag(name = "master file")
@RequestScoped
public class MasterFileResource {
    private static final int LARGEST_PAGE = 1_000;

    @Inject
    MasterFiles masterFiles;

    @GET
    @Gzipped
    @Produces("application/x-ndjson")
    @RolesAllowed({Roles.SYSTEM, Roles.HELPDESK, Roles.ADMINISTRATOR, Roles.AUDITOR})
    @Operation(summary = "The master file, or what changed since a version")
    @APIResponse(responseCode = "200", description = "Lines of JSON; the last one is the signature")
    @APIResponse(responseCode = "304", description = "The caller has the newest version")
    public Response current(@QueryParam("since") Long since, @Context Request request) {
        MasterFile current = masterFiles.current();
        EntityTag tag = new EntityTag("v" + current.version());
        Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
        if (unchanged != null) {
            return unchanged.build();
        }
        String text = since == null ? current.text() : masterFiles.since(since);
        return Response.ok(text).tag(tag).build();
    }

    @GET
    @Path("versions")
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.HELPDESK, Roles.ADMINISTRATOR, Roles.AUDITOR})
    @Operation(summary = "Which versions there were, why each was made, and how much it changed; newest first")
    public List<MasterFileVersion> versions(
            @QueryParam("before") Long before, @QueryParam("limit") @DefaultValue("100") int limit) {
        return masterFiles.versions(
                before == null ? Long.MAX_VALUE : before, Problems.between("limit", limit, 1, LARGEST_PAGE));
    }

    @GET
    @Gzipped
    @Path("versions/{v}/changes")
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.HELPDESK, Roles.ADMINISTRATOR, Roles.AUDITOR})
    @Operation(summary = "Which members of which hosts a version changed")
    @APIResponse(responseCode = "404", description = "There is no such version, or it is too old")
    public MasterFileChanges changes(
            @PathParam("v") long version,
            @QueryParam("after") @DefaultValue("0") long after,
            @QueryParam("limit") @DefaultValue("1000") int limit) {
        return masterFiles
                .changes(version, after, Problems.between("limit", limit, 1, LARGEST_PAGE))
                .orElseThrow(() -> new ProblemException(
                        ProblemKind.NOT_FOUND, "Nothing is kept of version " + version + " of the master file."));
    }
}
