package org.cranny.readers;

import org.cranny.client.agent.JournalReaders;
import org.cranny.client.desktop.DesktopReaders;
import org.cranny.client.kit.KitReaders;
import org.cranny.client.realm.RealmReaders;
import org.cranny.engine.archive.AclReaders;
import org.cranny.engine.backup.CacheReaders;
import org.cranny.engine.index.IndexReaders;
import org.cranny.engine.keys.KeyReaders;
import org.cranny.engine.retention.ForgettingReaders;
import org.cranny.engine.snapshot.SnapshotReaders;
import org.cranny.engine.walk.MountReaders;
import org.cranny.protocol.readers.ReadersContract;

/** All readers of the protocol, the engine and the backup application. */
public class ReadersTest extends ReadersContract {
    public ReadersTest() {
        super(
                SourceReaders::all,
                HomeReaders::all,
                JournalReaders::all,
                DesktopReaders::all,
                AclReaders::all,
                MountReaders::all,
                ForgettingReaders::all,
                CacheReaders::all,
                KitReaders::all,
                SignedReaders::all,
                SnapshotReaders::all,
                RealmReaders::all,
                PackReaders::all,
                KeyReaders::all,
                IndexReaders::all);
    }
}
