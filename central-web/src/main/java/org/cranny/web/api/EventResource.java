package org.cranny.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import org.cranny.central.installation.Arrivals;
import org.cranny.web.events.Listeners;
import org.cranny.web.events.SseOutlet;
import org.cranny.web.security.Caller;
import org.cranny.web.security.Roles;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What machines hear without asking. */
@Path("events")
@Tag(name = "events")
@RequestScoped
@RolesAllowed(Roles.SYSTEM)
public class EventResource {
    @Inject
    Listeners listeners;

    @Inject
    Arrivals arrivals;

    @Inject
    Caller caller;

    /** Without this the stream would be opened for a request that can read none of it, and that would not be answered. */
    @HEAD
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(summary = "Whether there are events to hear; opens no stream")
    @APIResponse(responseCode = "200", description = "There are")
    public Response head() {
        return Response.ok().build();
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(
            summary = "Server-sent events for the calling machine: master-file, job, cancel, question, policy, upgrade")
    @APIResponse(responseCode = "200", description = "The stream; a comment every 15 s is a sign of life")
    public void listen(@Context SseEventSink sink, @Context Sse sse) {
        // Who calls is known as long as the request lasts, and whoever left already has ended it.
        long system = caller.system().number();
        listeners.open(system, new SseOutlet(sink, sse));
        arrivals.listens(system);
    }
}
