package org.cranny.central.dump;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.cranny.engine.transfer.HttpHosts;
import org.cranny.engine.transfer.Limits;
import org.cranny.engine.transfer.TransferException;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.masterfile.Host;
import org.cranny.protocol.receipt.KeptList;
import org.cranny.protocol.tls.MachineIdentity;

/** Daemons over HTTPS, to which central is a source like any other. */
final class HttpDumpHosts implements DumpHosts {
    private final HttpHosts hosts;

    HttpDumpHosts(MachineIdentity central, Supplier<String> allotment) {
        hosts = new HttpHosts(central, allotment, Limits.NONE);
    }

    private interface Request<T> {
        T send() throws TransferException;
    }

    @Override
    public void put(Host host, FragmentId fragment, Path octets) throws IOException {
        said(() -> hosts.put(host, fragment, octets));
    }

    @Override
    public byte[] read(Host host, FragmentId fragment, int length) throws IOException {
        return said(() -> hosts.read(host, fragment, 0, length));
    }

    @Override
    public KeptList list(Host host, FragmentId after) throws IOException {
        return said(() -> hosts.list(host, after));
    }

    @Override
    public void close() {
        hosts.close();
    }

    private static <T> T said(Request<T> request) throws IOException {
        try {
            return request.send();
        } catch (TransferException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
