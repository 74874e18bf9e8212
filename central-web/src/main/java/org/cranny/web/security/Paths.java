package org.cranny.web.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Which part of central a request is for, judged by the path that the container decoded and will dispatch by. */
final class Paths {
    private static final String LOGIN = "/login.xhtml";

    private Paths() {}

    static boolean isApi(HttpServletRequest request) {
        String path = request.getServletPath();
        return path.equals("/api") || path.startsWith("/api/");
    }

    /** A file of a device, which may be larger than anything else. */
    static boolean isUpload(HttpServletRequest request) {
        String path = request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
        return request.getMethod().equals("PUT")
                && (path.equals("/device-file") || path.matches("/api/v1/devices/[0-9]{1,18}/files/.+"));
    }

    /** A style sheet, a script, a picture: the same for everybody. */
    static boolean isResource(HttpServletRequest request) {
        return request.getServletPath().startsWith("/jakarta.faces.resource/");
    }

    /** A page, which brings a policy of its own. */
    static boolean isPage(HttpServletRequest request) {
        return request.getServletPath().endsWith(".xhtml") && !isResource(request);
    }

    /** Sends a browser to the login page; a page's background request gets the answer that its script understands. */
    static void sendToLogin(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String login = request.getContextPath() + LOGIN;
        if ("partial/ajax".equals(request.getHeader("Faces-Request"))) {
            response.setContentType("text/xml;charset=UTF-8");
            response.getWriter()
                    .write("<?xml version=\"1.0\" encoding=\"UTF-8\"?><partial-response><redirect url=\"" + login
                            + "\"/></partial-response>");
        } else {
            response.sendRedirect(login);
        }
    }
}
