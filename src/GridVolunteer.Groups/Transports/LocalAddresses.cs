using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace GridVolunteer.Groups.Transports;

/// <summary>The addresses of this machine.</summary>
internal static class LocalAddresses
{
    /// <summary>The first address of a network card that is up; loopback when there is none.</summary>
    public static IPAddress FirstThatOthersReach(AddressFamily family) =>
        NetworkInterface.GetAllNetworkInterfaces()
            .Where(card => card.OperationalStatus == OperationalStatus.Up
                && card.NetworkInterfaceType != NetworkInterfaceType.Loopback)
            .SelectMany(card => card.GetIPProperties().UnicastAddresses)
            .Select(unicast => unicast.Address)
            .FirstOrDefault(address => address.AddressFamily == family && !address.IsIPv6LinkLocal)
        ?? (family == AddressFamily.InterNetwork ? IPAddress.Loopback : IPAddress.IPv6Loopback);
}
