package org.cranny.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.cranny.central.device.Device;
import org.cranny.central.device.DeviceFile;
import org.cranny.central.device.DeviceFiles;
import org.cranny.central.device.Devices;
import org.cranny.central.device.UploadRequest;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.web.security.Caller;
import org.cranny.web.security.Roles;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Phones and appliances: their owners upload files, and get them back. */
@Path("devices")
@Tag(name = "devices")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.OWNER)
public class DeviceResource {
    private static final int LARGEST_PAGE = 10_000;

    @Inject
    Devices devices;

    @Inject
    Caller caller;

    /** A device that is to be added. @param name as its owner calls it */
    public record NewDevice(String name) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Adds a phone or an appliance of the caller's, a system with keys of its own")
    @APIResponse(responseCode = "201", description = "The device")
    @APIResponse(responseCode = "413", description = "ALLOTMENT_USED_UP: the caller has as many as may be")
    public Response add(NewDevice wanted) {
        String name = Problems.needed(wanted).name();
        return Response.status(Response.Status.CREATED)
                .entity(devices.add(caller.name(), caller.owners(), name))
                .build();
    }

    @GET
    @Operation(summary = "The caller's devices, by number")
    public List<Device> list() {
        return devices.of(caller.owners());
    }

    @GET
    @Path("{id}")
    @Operation(summary = "One device: what is kept, what waits")
    @APIResponse(responseCode = "404", description = "There is no such device")
    public Device one(@PathParam("id") long id) {
        caller.requireSight(id);
        return devices.find(id);
    }

    @GET
    @Gzipped
    @Path("{id}/files")
    @Operation(summary = "What a device has here, by name; what waits stands on the first page")
    @APIResponse(responseCode = "404", description = "There is no such device")
    @APIResponse(responseCode = "409", description = "NO_BROWSING: its policy keeps its files' names")
    public DeviceFiles files(
            @PathParam("id") long id,
            @QueryParam("after") String after,
            @QueryParam("limit") @DefaultValue("1000") int limit)
            throws IOException {
        caller.requireSight(id);
        return devices.files(caller.name(), id, after, Problems.between("limit", limit, 1, LARGEST_PAGE));
    }

    @PUT
    @Largest(mebibytes = Integer.MAX_VALUE)
    @Path("{id}/files/{name}")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Uploads a file; when the answer comes it is on central's disk, and is spread from there")
    @APIResponse(responseCode = "202", description = "It waits to be spread; the same name again is another version")
    @APIResponse(responseCode = "400", description = "The name cannot be one, or the octets did not all come")
    @APIResponse(responseCode = "413", description = "TOO_LARGE, or ALLOTMENT_USED_UP by all devices of the owner")
    @APIResponse(responseCode = "507", description = "SPOOL_FULL: central's disk has no room now")
    public Response upload(
            @PathParam("id") long id,
            @PathParam("name") String name,
            @QueryParam("modified") String modified,
            @Context HttpHeaders headers,
            InputStream octets)
            throws IOException {
        caller.requireSight(id);
        UploadRequest request = new UploadRequest(name, length(headers), instant(modified));
        InputStream body = octets == null ? InputStream.nullInputStream() : octets;
        return Response.accepted(devices.receive(caller.name(), id, request, body))
                .build();
    }

    @GET
    @Path("{id}/files/{name}")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    @Operation(summary = "Gives a file back")
    @APIResponse(responseCode = "200", description = "The octets; fewer than Content-Length says are not all of it")
    @APIResponse(responseCode = "404", description = "There is no such device, snapshot or file")
    public Response file(
            @PathParam("id") long id, @PathParam("name") String name, @QueryParam("snapshot") String snapshot)
            throws IOException {
        caller.requireSight(id);
        DeviceFile file = devices.open(caller.name(), id, name, snapshot);
        StreamingOutput body = out -> {
            try (file) {
                file.writeTo(out);
            }
        };
        return Response.ok(body)
                .header(HttpHeaders.CONTENT_LENGTH, file.bytes())
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment")
                .build();
    }

    @DELETE
    @Path("{id}/files/{name}")
    @Operation(summary = "Has a file leave the next snapshot; it stays in those before")
    @APIResponse(responseCode = "202", description = "It leaves with the next snapshot")
    public Response delete(@PathParam("id") long id, @PathParam("name") String name) throws IOException {
        caller.requireSight(id);
        return Response.accepted(devices.delete(caller.name(), id, name)).build();
    }

    private static long length(HttpHeaders headers) {
        String length = headers.getHeaderString(HttpHeaders.CONTENT_LENGTH);
        return length != null && length.matches("[0-9]{1,18}") ? Long.parseLong(length) : -1;
    }

    private static Instant instant(String text) {
        try {
            return text == null || text.isBlank() ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new ProblemException(Problem.ofField("modified", "a time is written as 2026-11-27T12:00:00Z"));
        }
    }
}
