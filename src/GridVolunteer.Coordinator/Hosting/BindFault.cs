using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace GridVolunteer.Coordinator.Hosting;

/// <summary>Says to people why an address could not be bound.</summary>
public static class BindFault
{
    /// <summary>The fault in a sentence, with what to do.</summary>
    public static string Describe(Exception fault, IReadOnlyList<string> urls)
    {
        ArgumentNullException.ThrowIfNull(fault);
        var addresses = string.Join(", ", urls);
        return Causes(fault).OfType<AddressInUseException>().Any()
            || HasCode(fault, SocketError.AddressAlreadyInUse)
            ? $"An address to listen at is in use ({addresses}): another coordinator, or another program, "
                + "listens there. Stop it, or choose another port with --urls."
            : HasCode(fault, SocketError.AccessDenied)
            ? $"This user may not listen at {addresses}: choose a port from 1024 up with --urls."
            : HasCode(fault, SocketError.AddressNotAvailable)
            ? $"This machine has no such address to listen at ({addresses}): choose one of its own with "
                + "--urls."
            : $"Listening at {addresses} failed: {fault.Message}";
    }

    private static bool HasCode(Exception fault, SocketError code) =>
        Causes(fault).OfType<SocketException>().Any(e => e.SocketErrorCode == code);

    private static IEnumerable<Exception> Causes(Exception fault)
    {
        for (var cause = fault; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }
    }
}
