/** Makes snapshots: scans the tree, packs what is new, spreads it over hosts, commits. */
package org.cranny.engine.backup;
