package org.cranny.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.List;
import org.cranny.central.anchor.LogAnchors;
import org.cranny.central.anchor.LogVerification;
import org.cranny.central.log.AuditLog;
import org.cranny.central.log.LogLine;
import org.cranny.central.log.LogQuery;
import org.cranny.web.security.Caller;
import org.cranny.web.security.Roles;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Who did what. */
@Path("log")
@Tag(name = "log")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class LogResource {
    private static final int LARGEST_PAGE = 1_000;

    @Inject
    AuditLog log;

    @Inject
    LogAnchors anchors;

    @Inject
    Caller caller;

    /** @param hosts names of those that keep the head of now */
    public record Anchored(List<String> hosts) {}

    @GET
    @RolesAllowed({Roles.ADMINISTRATOR, Roles.AUDITOR})
    @Operation(summary = "Entries of the log, newest first; of one who did it, of one whom or what it was done with")
    public List<LogLine> list(
            @QueryParam("actor") String actor,
            @QueryParam("subject") String subject,
            @QueryParam("before") Long before,
            @QueryParam("limit") @DefaultValue("100") int limit) {
        return log.list(new LogQuery(actor, subject, before, Problems.between("limit", limit, 1, LARGEST_PAGE)));
    }

    @GET
    @Path("export")
    @Produces("text/csv")
    @RolesAllowed({Roles.ADMINISTRATOR, Roles.AUDITOR})
    @Operation(summary = "The whole log as CSV (RFC 4180), oldest first, or what is behind one entry")
    public Response export(@QueryParam("after") @DefaultValue("0") long after) {
        log.append(caller.name(), "log exported", "log", "behind entry " + after);
        StreamingOutput body = out -> new CsvLog(out).write(log, after);
        return Response.ok(body)
                .header("Content-Disposition", "attachment; filename=\"cranny-log.csv\"")
                .build();
    }

    @GET
    @Path("verification")
    @RolesAllowed({Roles.ADMINISTRATOR, Roles.AUDITOR})
    @Operation(summary = "Walks the whole chain, and asks daemons what they keep of it")
    public LogVerification verify() {
        return anchors.verify();
    }

    @POST
    @Path("anchors")
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed(Roles.ADMINISTRATOR)
    @Operation(summary = "Has daemons keep the head of now, as they do every hour")
    @APIResponse(responseCode = "200", description = "Names of the hosts that keep it")
    public Anchored anchor() {
        return new Anchored(anchors.anchor());
    }
}
