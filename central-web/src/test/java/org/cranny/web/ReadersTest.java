package org.cranny.web;

import org.cranny.protocol.readers.ReadersContract;
import org.cranny.web.api.BodyReaders;
import org.cranny.web.directory.DirectoryReaders;
import org.cranny.web.pages.backups.CalendarReaders;
import org.cranny.web.security.HeaderReaders;

/** All readers that central's pages and API alone have. */
public class ReadersTest extends ReadersContract {
    public ReadersTest() {
        super(HeaderReaders::all, BodyReaders::all, CalendarReaders::all, DirectoryReaders::all);
    }
}
