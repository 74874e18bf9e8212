package org.cranny.web.pages.devices;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.octets.PathNotation;

/** Addresses at which a device's files are put and got. */
public final class DeviceLinks {
    private DeviceLinks() {}

    static String upload(HttpServletRequest request, long device) {
        return request.getContextPath() + DeviceFileExchange.PATH + "?device=" + device;
    }

    /** @param snapshot null for what was uploaded last */
    static String download(HttpServletRequest request, long device, String name, String snapshot) {
        return upload(request, device) + "&name=" + URLEncoder.encode(name, StandardCharsets.UTF_8)
                + (snapshot == null ? "" : "&snapshot=" + snapshot);
    }

    /** @param path of the file in a snapshot, in the notation of paths */
    public static String ofPath(HttpServletRequest request, long device, String path, String snapshot) {
        try {
            String name = new String(PathNotation.octets(path), StandardCharsets.UTF_8).substring(1);
            return download(request, device, name, snapshot);
        } catch (MalformedException e) {
            throw new IllegalStateException("a path of a snapshot is not in its notation", e);
        }
    }
}
