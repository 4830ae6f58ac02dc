using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace GridVolunteer.Groups.Transports;

/// <summary>
/// A contact on an IP network: an address and a port, the same for datagrams and streams. As bytes: the port, then the
/// address.
/// </summary>
public static class ContactBytes
{
    private const int PortSizeBytes = 2;

    /// <summary>The end point as bytes.</summary>
    public static byte[] Of(IPEndPoint endPoint)
    {
        var address = Plain(endPoint.Address).GetAddressBytes();
        var bytes = new byte[PortSizeBytes + address.Length];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)endPoint.Port);
        address.CopyTo(bytes, PortSizeBytes);
        return bytes;
    }

    /// <summary>Reads an end point that somebody may be reached at; hostile bytes give false.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out IPEndPoint? endPoint)
    {
        endPoint = null;
        if (bytes.Length is not (PortSizeBytes + 4) and not (PortSizeBytes + 16))
        {
            return false;
        }

        var port = BinaryPrimitives.ReadUInt16BigEndian(bytes);
        var address = Plain(new IPAddress(bytes[PortSizeBytes..]));
        if (port == 0 || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any) || IsForMany(address))
        {
            return false;
        }

        endPoint = new IPEndPoint(address, port);
        return true;
    }

    private static IPAddress Plain(IPAddress address) =>
        address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private static bool IsForMany(IPAddress address) =>
        address.IsIPv6Multicast
        || (address.GetAddressBytes() is { Length: 4 } bytes && (bytes[0] is >= 224 || bytes[0] == 0));
}
