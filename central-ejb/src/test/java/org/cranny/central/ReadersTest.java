package org.cranny.central;

import org.cranny.central.authority.AuthorityReaders;
import org.cranny.central.device.DeviceReaders;
import org.cranny.central.dump.DumpReaders;
import org.cranny.central.installation.InstallationReaders;
import org.cranny.central.job.JobReaders;
import org.cranny.central.policy.PolicyReaders;
import org.cranny.central.settings.SettingsReaders;
import org.cranny.protocol.readers.ReadersContract;

/** All readers that central alone has. */
public class ReadersTest extends ReadersContract {
    public ReadersTest() {
        super(
                InstallationReaders::all,
                PolicyReaders::all,
                SettingsReaders::all,
                DeviceReaders::all,
                JobReaders::all,
                AuthorityReaders::all,
                DumpReaders::all);
    }
}
