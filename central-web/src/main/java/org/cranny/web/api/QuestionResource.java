package org.cranny.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.cranny.central.browse.Questions;
import org.cranny.protocol.browse.Answer;
import org.cranny.protocol.browse.Question;
import org.cranny.web.security.Caller;
import org.cranny.web.security.Roles;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What people want to see of a machine's snapshots and central may not look up by itself: the machine's agent answers. */
@Path("questions")
@Tag(name = "snapshots")
@RequestScoped
@RolesAllowed(Roles.SOURCE)
public class QuestionResource {
    @Inject
    Questions questions;

    @Inject
    Caller caller;

    @GET
    @Path("{number}")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "A question to the caller that somebody waits for")
    @APIResponse(responseCode = "404", description = "The caller is not asked that, or not any more")
    public Question find(@PathParam("number") long number) {
        return questions.find(caller.system().number(), number);
    }

    @PUT
    @Path("{number}/answer")
    @Largest(mebibytes = 16)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Answers a question; a second answer changes nothing")
    @APIResponse(responseCode = "404", description = "The caller is not asked that, or not any more")
    public void answer(@PathParam("number") long number, Answer answer) {
        questions.answer(caller.system().number(), number, Problems.needed(answer));
    }
}
