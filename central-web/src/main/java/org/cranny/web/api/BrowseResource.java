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
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.cranny.central.browse.Browsing;
import org.cranny.protocol.browse.ChangePage;
import org.cranny.protocol.browse.EntryPage;
import org.cranny.protocol.browse.Explanation;
import org.cranny.protocol.browse.VersionLine;
import org.cranny.protocol.browse.Wanted;
import org.cranny.web.security.Caller;
import org.cranny.web.security.Roles;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * Snapshots of machines, for people, without waking a host; where central has no key for it, the machine's agent answers.
 * Each use is in the log.
 */
@Path("systems")
@Tag(name = "snapshots")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class BrowseResource {
    private static final int LARGEST_PAGE = 10_000;

    @Inject
    Browsing browsing;

    @Inject
    Caller caller;

    @GET
    @Gzipped
    @Path("{id}/snapshots/{snapshot}/tree")
    @RolesAllowed({Roles.OWNER, Roles.HELPDESK, Roles.ADMINISTRATOR, Roles.AUDITOR})
    @Operation(summary = "The entries of one folder of a snapshot")
    @APIResponse(responseCode = "404", description = "There is no such machine, snapshot or folder")
    @APIResponse(
            responseCode = "409",
            description = "NO_BROWSING: its policy keeps its files' names, and its agent is not there")
    public EntryPage tree(
            @PathParam("id") long id,
            @PathParam("snapshot") String snapshot,
            @QueryParam("path") @DefaultValue("/") String path,
            @QueryParam("after") String after,
            @QueryParam("limit") @DefaultValue("1000") int limit) {
        return browsing.list(caller.name(), id, snapshot, path, after, page(limit));
    }

    @GET
    @Gzipped
    @Path("{id}/snapshots/{snapshot}/search")
    @RolesAllowed({Roles.OWNER, Roles.HELPDESK, Roles.ADMINISTRATOR, Roles.AUDITOR})
    @Operation(summary = "Entries of a snapshot by name and time; a page may be short and still have a next one")
    @APIResponse(responseCode = "404", description = "There is no such machine, snapshot or folder")
    @APIResponse(
            responseCode = "409",
            description = "NO_BROWSING: its policy keeps its files' names, and its agent is not there")
    public EntryPage search(
            @PathParam("id") long id,
            @PathParam("snapshot") String snapshot,
            @QueryParam("path") @DefaultValue("/") String path,
            @QueryParam("name") String name,
            @QueryParam("from") String from,
            @QueryParam("until") String until,
            @QueryParam("after") String after,
            @QueryParam("limit") @DefaultValue("1000") int limit) {
        Wanted wanted = new Wanted(path, name, from, until);
        return browsing.search(caller.name(), id, snapshot, wanted, after, page(limit));
    }

    @GET
    @Gzipped
    @Path("{id}/versions")
    @RolesAllowed({Roles.OWNER, Roles.HELPDESK, Roles.ADMINISTRATOR, Roles.AUDITOR})
    @Operation(summary = "What a path was over all snapshots, oldest first")
    @APIResponse(
            responseCode = "409",
            description = "NO_BROWSING: its policy keeps its files' names, and its agent is not there")
    public List<VersionLine> versions(@PathParam("id") long id, @QueryParam("path") @DefaultValue("/") String path) {
        return browsing.versions(caller.name(), id, path);
    }

    @GET
    @Gzipped
    @Path("{id}/diff")
    @RolesAllowed({Roles.OWNER, Roles.HELPDESK, Roles.ADMINISTRATOR, Roles.AUDITOR})
    @Operation(summary = "What differs between two snapshots below a folder")
    @APIResponse(responseCode = "404", description = "There is no such machine, snapshot or folder")
    @APIResponse(
            responseCode = "409",
            description = "NO_BROWSING: its policy keeps its files' names, and its agent is not there")
    public ChangePage diff(
            @PathParam("id") long id,
            @QueryParam("from") @DefaultValue("") String from,
            @QueryParam("to") @DefaultValue("latest") String to,
            @QueryParam("path") @DefaultValue("/") String path,
            @QueryParam("after") String after,
            @QueryParam("limit") @DefaultValue("1000") int limit) {
        return browsing.difference(caller.name(), id, from, to, path, after, page(limit));
    }

    @GET
    @Path("{id}/snapshots/{snapshot}/explain")
    @RolesAllowed({Roles.OWNER, Roles.HELPDESK, Roles.ADMINISTRATOR, Roles.AUDITOR})
    @Operation(summary = "Who holds a file, how many losses it survives, since when it is as it is")
    @APIResponse(responseCode = "404", description = "There is no such machine, snapshot or file")
    @APIResponse(
            responseCode = "409",
            description = "NO_BROWSING: its policy keeps its files' names, and its agent is not there")
    public Explanation explain(
            @PathParam("id") long id,
            @PathParam("snapshot") String snapshot,
            @QueryParam("path") @DefaultValue("/") String path) {
        return browsing.explain(caller.name(), id, snapshot, path);
    }

    private static int page(int limit) {
        return Problems.between("limit", limit, 1, LARGEST_PAGE);
    }
}
