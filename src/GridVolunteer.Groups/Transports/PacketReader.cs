using System.Net;

namespace GridVolunteer.Groups.Transports;

/// <summary>Takes in a datagram. The bytes, and the address, are the reader's until it returns.</summary>
internal delegate void PacketReader(ReadOnlySpan<byte> packet, SocketAddress from);
