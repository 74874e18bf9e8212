/** Opens sources from what central has: to list and search their snapshots, and for recoveries. */
package org.cranny.central.browse;
