package org.cranny.web.security;

import jakarta.servlet.http.HttpServletRequest;

/** Which part of central a request is for, judged by the path that the container decoded and will dispatch by. */
final class Paths {
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
}
