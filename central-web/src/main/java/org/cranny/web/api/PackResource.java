package org.cranny.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import org.cranny.central.placement.PackCopies;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;
import org.cranny.web.security.Caller;
import org.cranny.web.security.Roles;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Central's own copies of a source's tree and index packs. */
@Path("packs/{id}")
@Tag(name = "backup")
@RequestScoped
@RolesAllowed(Roles.SOURCE)
public class PackResource {
    @Inject
    PackCopies packs;

    @Inject
    Caller caller;

    @PUT
    @Largest(mebibytes = 80)
    @Consumes(MediaType.APPLICATION_OCTET_STREAM)
    @Operation(summary = "Keeps a tree or index pack; when the answer comes it is on disk")
    @APIResponse(responseCode = "201", description = "It is new here")
    @APIResponse(responseCode = "200", description = "It was here already")
    @APIResponse(responseCode = "422", description = "WRONG_HASH")
    public Response put(@PathParam("id") String id, InputStream octets) throws IOException {
        boolean fresh = packs.put(caller.system(), pack(id), octets);
        return Response.status(fresh ? Response.Status.CREATED : Response.Status.OK)
                .build();
    }

    @GET
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    @Operation(summary = "The pack's octets, or one range of them")
    @APIResponse(responseCode = "206", description = "The range asked for")
    @APIResponse(responseCode = "416", description = "The range is outside")
    public Response get(@PathParam("id") String id, @HeaderParam("Range") String range) throws IOException {
        FragmentId pack = pack(id);
        java.nio.file.Path file = packs.find(caller.system(), pack)
                .orElseThrow(
                        () -> new ProblemException(ProblemKind.NOT_FOUND, "Central has no such pack of this source."));
        return FileAnswer.of(file, range).tag(pack.toString()).build();
    }

    private static FragmentId pack(String id) {
        try {
            return FragmentId.of(id);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.ofField("id", "A pack's id has 64 hex digits."));
        }
    }
}
