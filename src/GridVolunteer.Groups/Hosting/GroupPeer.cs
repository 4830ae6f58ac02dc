using System.Net;

namespace GridVolunteer.Groups.Hosting;

/// <summary>A process, and where it is reached.</summary>
/// <param name="Id">The process.</param>
/// <param name="EndPoint">Where it is reached; null when that is not known here, or is no IP network.</param>
public sealed record GroupPeer(ProcessId Id, IPEndPoint? EndPoint);
