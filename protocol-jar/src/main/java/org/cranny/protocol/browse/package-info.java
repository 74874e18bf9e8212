/** What snapshots contain, as central and sources' agents list it for people. */
package org.cranny.protocol.browse;
