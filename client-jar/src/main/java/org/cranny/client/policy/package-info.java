/** What central wants of this source: kept for the time when central is away, and made into backups. */
package org.cranny.client.policy;
