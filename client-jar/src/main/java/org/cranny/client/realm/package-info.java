/** A realm without central: its keys, its members and its list of hosts, kept by a person. */
package org.cranny.client.realm;
