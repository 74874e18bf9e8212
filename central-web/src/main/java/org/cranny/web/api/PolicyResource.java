package org.cranny.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.StringReader;
import java.util.List;
import org.cranny.central.policy.Policies;
import org.cranny.central.policy.PolicyChange;
import org.cranny.central.policy.PolicyLine;
import org.cranny.central.policy.Scope;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;
import org.cranny.web.security.Caller;
import org.cranny.web.security.Roles;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What the company, groups, systems and folders set. */
@Path("policies")
@Tag(name = "policies")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class PolicyResource {
    private static final int LARGEST_PAGE = 1_000;

    @Inject
    Policies policies;

    @Inject
    Caller caller;

    @GET
    @RolesAllowed({Roles.HELPDESK, Roles.ADMINISTRATOR, Roles.AUDITOR})
    @Operation(summary = "All policies, by scope and name")
    public List<PolicyLine> list(
            @QueryParam("after") String after, @QueryParam("limit") @DefaultValue("1000") int limit) {
        return policies.list(after, Problems.between("limit", limit, 1, LARGEST_PAGE));
    }

    @GET
    @Path("{scope}/{name:.+}")
    @RolesAllowed({Roles.HELPDESK, Roles.ADMINISTRATOR, Roles.AUDITOR})
    @Operation(summary = "What one scope sets")
    @APIResponse(responseCode = "404", description = "Nothing is set there")
    public PolicyLine get(@PathParam("scope") String scope, @PathParam("name") String name) {
        return policies.get(Scope.of(scope), name);
    }

    @PUT
    @Path("{scope}/{name:.+}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.ADMINISTRATOR)
    @Operation(summary = "Sets all that one scope sets; members that are left out are inherited")
    @APIResponse(responseCode = "400", description = "A member cannot be meant; field names it")
    public PolicyLine set(@PathParam("scope") String scope, @PathParam("name") String name, String document) {
        return policies.set(caller.name(), Scope.of(scope), name, object(Problems.needed(document)));
    }

    @DELETE
    @Path("{scope}/{name:.+}")
    @RolesAllowed(Roles.ADMINISTRATOR)
    @Operation(summary = "Takes away what one scope sets")
    public void unset(@PathParam("scope") String scope, @PathParam("name") String name) {
        policies.unset(caller.name(), Scope.of(scope), name);
    }

    @GET
    @Path("history/{scope}/{name:.+}")
    @RolesAllowed({Roles.HELPDESK, Roles.ADMINISTRATOR, Roles.AUDITOR})
    @Operation(summary = "Who changed a policy, when and how; newest first")
    public List<PolicyChange> history(
            @PathParam("scope") String scope,
            @PathParam("name") String name,
            @QueryParam("limit") @DefaultValue("100") int limit) {
        return policies.history(Scope.of(scope), name, Problems.between("limit", limit, 1, LARGEST_PAGE));
    }

    private static JsonObject object(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        } catch (JsonException e) {
            throw new ProblemException(ProblemKind.BAD_REQUEST, "The body is not a JSON object.");
        }
    }
}
