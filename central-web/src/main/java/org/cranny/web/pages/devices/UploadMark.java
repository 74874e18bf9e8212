package org.cranny.web.pages.devices;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;

/** What a page of ours shows and its script sends along, so that no page elsewhere can upload in a visitor's name. */
final class UploadMark {
    static final String HEADER = "Cranny-Upload";

    private static final String ATTRIBUTE = "org.cranny.upload-mark";
    private static final int OCTETS = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private UploadMark() {}

    /** Of this visit. */
    static String of(HttpServletRequest request) {
        HttpSession session = request.getSession(true);
        synchronized (session) {
            if (session.getAttribute(ATTRIBUTE) instanceof String mark) {
                return mark;
            }
            byte[] octets = new byte[OCTETS];
            RANDOM.nextBytes(octets);
            String mark = HexFormat.of().formatHex(octets);
            session.setAttribute(ATTRIBUTE, mark);
            return mark;
        }
    }

    static boolean isShown(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        String shown = request.getHeader(HEADER);
        return session != null
                && shown != null
                && session.getAttribute(ATTRIBUTE) instanceof String mark
                && MessageDigest.isEqual(
                        mark.getBytes(StandardCharsets.US_ASCII), shown.getBytes(StandardCharsets.US_ASCII));
    }
}
