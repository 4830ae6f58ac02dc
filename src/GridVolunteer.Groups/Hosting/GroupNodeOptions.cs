using System.Net;
using GridVolunteer.Groups.FailureDetection;
using GridVolunteer.Groups.Register;
using GridVolunteer.Groups.Transports;

namespace GridVolunteer.Groups.Hosting;

/// <summary>How a <see cref="GroupNode"/> begins.</summary>
public sealed record GroupNodeOptions
{
    /// <summary>Who this process is. Null (the default) draws an id.</summary>
    public ProcessId? Id { get; init; }

    /// <summary>How it is reached and reaches others. Default: loopback, any free port.</summary>
    public TransportOptions Transport { get; init; } = new();

    /// <summary>
    /// Where others may be: one that answers is enough to know all. Default none. Those who do not answer are asked
    /// again every 10 s. Where <see cref="TransportOptions.Lan"/> is set none are needed.
    /// </summary>
    public IReadOnlyList<IPEndPoint> Seeds { get; init; } = [];

    /// <summary>
    /// How long the start waits for the first of them. Default 3 s. When none answers this process begins alone.
    /// </summary>
    public TimeSpan SeedTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>The group server, if there is one. Default none: the members keep the register.</summary>
    public GroupContact? Server { get; init; }

    /// <summary>
    /// Against whose clock this process measures its own, for <c>Delivery.GlobalTime</c>: a process that serves the time. All that
    /// compare stamps should name the same one. Null (the default) is the group server (<see cref="Server"/>), which serves it;
    /// where there is none either, no time is known, and nothing can be sent as <c>GlobalTime</c>. Asked every 5 s
    /// (<c>OrderingOptions.MeasureInterval</c>); while it is away the bound of the error grows by 200 ppm of the time since.
    /// </summary>
    public ProcessId? TimeSource { get; init; }

    /// <summary>
    /// True when others may measure against this process's own clock (that of <see cref="GroupHostOptions.Time"/>), which is the
    /// common time then. Default false. <see cref="TimeSource"/> does not matter where it is set.
    /// </summary>
    public bool ServesTime { get; init; }

    /// <summary>
    /// Called when the failure detector finds that a process is dead, has left, or is there again, whatever the groups;
    /// between the steps of the protocols, so be brief. Default none.
    /// </summary>
    public Action<MembershipEvent>? MembershipChanged { get; init; }

    /// <summary>How protocols are run.</summary>
    public GroupHostOptions Host { get; init; } = new();

    /// <summary>
    /// How long a stop waits for groups to be left, and then for the goodbye to be heard. Default 3 s each.
    /// </summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(3);
}
