/** What a host keeps: its name, its hash tree. */
package org.cranny.protocol.fragment;
