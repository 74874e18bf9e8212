package org.cranny.web.pages.devices;

import jakarta.inject.Inject;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.cranny.central.device.DeviceFile;
import org.cranny.central.device.Devices;
import org.cranny.central.device.UploadRequest;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;
import org.cranny.web.pages.frame.Address;
import org.cranny.web.pages.frame.Page;
import org.cranny.web.security.Caller;

/**
 * Files on their way between a browser and central, for the owner of the device alone: PUT takes one as it streams in, GET
 * gives one back, as something to be saved and never shown. The address says which: {@code device}, {@code name}, and
 * {@code snapshot} or {@code modified}.
 */
@WebServlet(urlPatterns = DeviceFileExchange.PATH)
public class DeviceFileExchange extends HttpServlet {
    static final String PATH = "/device-file";

    private static final long serialVersionUID = 1L;
    private static final Jsonb JSON = JsonbBuilder.create();

    @Inject
    transient Devices devices;

    @Inject
    transient Caller caller;

    /** Names in an address are UTF-8, which the server has to be told before it reads any. */
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        request.setCharacterEncoding(StandardCharsets.UTF_8.name());
        if (Address.isReadable(request)) {
            super.service(request, response);
        } else {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST);
        }
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        DeviceFile opened;
        try {
            opened = devices.open(
                    caller.name(), device(request), request.getParameter("name"), request.getParameter("snapshot"));
        } catch (ProblemException e) {
            response.sendError(e.problem().status());
            return;
        }
        try (DeviceFile file = opened) {
            response.setContentType("application/octet-stream");
            response.setContentLengthLong(file.bytes());
            response.setHeader("Content-Disposition", disposition(file.name()));
            file.writeTo(response.getOutputStream());
        }
    }

    @Override
    protected void doPut(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            if (!UploadMark.isShown(request)) {
                throw new ProblemException(ProblemKind.NOT_ALLOWED, "load the page again, then upload the file again");
            }
            UploadRequest wanted = new UploadRequest(
                    request.getParameter("name"),
                    request.getContentLengthLong(),
                    instant(request.getParameter("modified")));
            answer(
                    response,
                    HttpServletResponse.SC_ACCEPTED,
                    "application/json",
                    devices.receive(caller.name(), device(request), wanted, request.getInputStream()));
        } catch (ProblemException e) {
            answer(response, e.problem().status(), Problem.MEDIA_TYPE, e.problem());
        }
    }

    private long device(HttpServletRequest request) {
        if (!Page.DEVICE.isFor(request::isUserInRole)) {
            throw new ProblemException(ProblemKind.NOT_ALLOWED, "only owners have devices");
        }
        caller.countOnly(Page.DEVICE.roles());
        String number = request.getParameter("device");
        if (number == null || !number.matches("[1-9][0-9]{0,17}")) {
            throw new ProblemException(Problem.ofField("device", "the number of a device"));
        }
        caller.requireSight(Long.parseLong(number));
        return Long.parseLong(number);
    }

    private static void answer(HttpServletResponse response, int status, String type, Object body) throws IOException {
        response.setStatus(status);
        response.setContentType(type);
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.getWriter().write(JSON.toJson(body));
    }

    /** As RFC 6266 has it: plain letters for those who know no others, then the name itself. */
    private static String disposition(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9._-]", "_");
        String exact = URLEncoder.encode(name, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
        return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + exact;
    }

    /** What a browser says wrong of a time is as if it said nothing. */
    private static Instant instant(String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
