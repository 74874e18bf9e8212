/** What a daemon answers ({@code docs/protocol/daemon.md}). */
package org.cranny.daemon.web;
