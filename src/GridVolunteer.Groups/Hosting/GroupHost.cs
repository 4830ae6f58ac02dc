using System.Security.Cryptography;
using GridVolunteer.Groups.FailureDetection;
using GridVolunteer.Groups.Ordering;
using GridVolunteer.Groups.Protocols;
using GridVolunteer.Groups.Register;
using GridVolunteer.Groups.Transports;
using GridVolunteer.Groups.Views;
using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Hosting;

/// <summary>
/// Runs the protocols of one process over a transport: what arrives, timers and what the user asks for go in, one at
/// a time; messages go out, events go up. Whoever brings something, the clock included, runs the step that is
/// to follow (<see cref="Pump"/>). What the failure detector finds is told to the groups and the register, and the
/// addresses it learns to the transport.
/// <para>
/// <see cref="GroupNode"/> stands above it and is what most users want. Protocols may be added: <see cref="Add"/>.
/// </para>
/// </summary>
public sealed partial class GroupHost : IArrivals, IAsyncDisposable
{
    private const int FamilyShift = 4;

    private static readonly DateTimeOffset BootEpoch = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ITransport _transport;
    private readonly TimeProvider _time;
    private readonly long _startedAt;
    private readonly Inbox _inbox = new();
    private readonly Pump _pump;
    private readonly List<HostedProtocol> _protocols = [];
    private readonly HostedProtocol?[] _byFamily = new HostedProtocol?[16];
    private readonly Random _random;
    private readonly HostedProtocol<MembershipEvent> _detector;
    private readonly HostedProtocol<OrderedEvent> _groups;
    private readonly HostedProtocol<RegisterEvent> _register;
    private readonly TaskCompletionSource _departed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Alarm _alarm;
    private bool _isDisposed;

    /// <summary>Makes a host; it does nothing before <see cref="Start"/>.</summary>
    /// <param name="self">This process.</param>
    /// <param name="transport">What carries its messages; the host disposes of it.</param>
    /// <param name="options">How it runs.</param>
    /// <exception cref="ArgumentException">The options are out of their ranges.</exception>
    public GroupHost(ProcessId self, ITransport transport, GroupHostOptions options)
    {
        _transport = transport;
        _time = options.Time;
        _startedAt = _time.GetTimestamp();
        _random = new Random(options.Seed ?? RandomNumberGenerator.GetInt32(int.MaxValue));
        Boot = options.Boot ?? (ulong)(_time.GetUtcNow() - BootEpoch).TotalMilliseconds;
        Self = self;
        Detector = new FailureDetector(
            options.Detector,
            new LocalProcess(self, Boot, transport.Contact),
            options.Signer ?? new TrustedStatements(),
            DrawRandom());
        Groups = new OrderedGroups(self, options.Ordering, DrawRandom());
        Register = new GroupRegister(new MemberLife(self, Boot), options.Register, DrawRandom());
        _detector = Add(Detector, OnMembership, MessageFamily.Detector);
        _groups = Add(
            Groups, OnOrdered, MessageFamily.Multicast, MessageFamily.Views, MessageFamily.Ordering);
        _register = Add(Register, (e, now) => RegisterEvents?.Invoke(e, now), MessageFamily.Register);
        _pump = new Pump(Step);
        _alarm = new Alarm(_time, _startedAt, _pump.Ring);
    }

    /// <summary>This process.</summary>
    public ProcessId Self { get; }

    /// <summary>How often it has started.</summary>
    public ulong Boot { get; }

    /// <summary>What went wrong inside, which is a bug: the host does nothing any more. Null when all is well.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>Where this process is reached.</summary>
    public ReadOnlyMemory<byte> Contact => _transport.Contact;

    /// <summary>Messages that were refused because nothing here takes them.</summary>
    public Refusals Refusals { get; } = new();

    internal FailureDetector Detector { get; }

    internal OrderedGroups Groups { get; }

    internal GroupRegister Register { get; }

    internal Output<OrderedEvent> GroupsOutput => _groups.Output;

    internal Output<RegisterEvent> RegisterOutput => _register.Output;

    internal Action<OrderedEvent, TimeSpan>? OrderedEvents { get; set; }

    internal Action<RegisterEvent, TimeSpan>? RegisterEvents { get; set; }

    internal Action<MembershipEvent, TimeSpan>? MembershipEvents { get; set; }

    /// <summary>Called at the end of each step.</summary>
    internal Action<TimeSpan>? StepEnds { get; set; }

    /// <summary>Called once, with what went wrong.</summary>
    internal Action<Exception>? Faulted { get; set; }

    private TimeSpan Now => _time.GetElapsedTime(_startedAt);

    /// <summary>Begins to receive.</summary>
    public void Start()
    {
        _transport.Start(this);
        _pump.RingElsewhere();
    }

    /// <summary>
    /// Does something among the steps of the protocols, which nothing else touches meanwhile. The time is that of the
    /// protocols.
    /// </summary>
    public void Post(Action<TimeSpan> command)
    {
        _inbox.Add(command);
        _pump.RingElsewhere();
    }

    /// <summary>As <see cref="Post"/>, with an answer.</summary>
    public Task<T> AskAsync<T>(Func<TimeSpan, T> question)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(now =>
        {
            try
            {
                answer.TrySetResult(question(now));
            }
            catch (Exception e) when (e is ArgumentException or InvalidOperationException or NotSupportedException)
            {
                // The asker's mistake, which is told to the asker.
                answer.TrySetException(e);
            }
        });
        return answer.Task;
    }

    /// <summary>
    /// Says goodbye, so that nobody has to suspect this process first; ends when those who are there have heard, or
    /// after <see cref="DetectorOptions.GoodbyeTimeout"/>.
    /// </summary>
    public Task SayGoodbyeAsync()
    {
        Post(now => Detector.Leave(now, _detector.Output));
        return _departed.Task;
    }

    /// <summary>Ends everything at once, as a crash would; <see cref="SayGoodbyeAsync"/> is for what comes before.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        await _pump.StopAsync();
        await _alarm.DisposeAsync();
        _departed.TrySetResult();
        await _transport.DisposeAsync();
    }

    /// <summary>
    /// Has the host run another protocol (<c>SearchNode</c>, <c>SwarmNode</c> or one of your own) beside the groups': it
    /// gets the messages of these families, its timers are seen to, and what it sends goes over the same transport, sealed
    /// alike. Call it before <see cref="Start"/>, or in a command (<see cref="Post"/>, <see cref="AskAsync{T}"/>); a protocol
    /// stays for the host's life. Everything of it runs in the host's steps, one at a time: so touch it in commands only, and be
    /// brief in <paramref name="handle"/>. What it throws ends the host (<see cref="Fault"/>).
    /// </summary>
    /// <param name="protocol">The protocol, with a random source from <see cref="DrawRandom"/>.</param>
    /// <param name="handle">Takes its events, with the protocols' time; it may call the protocol.</param>
    /// <param name="families">
    /// Which messages it gets, one family at least: <see cref="MessageFamily.Search"/>, <see cref="MessageFamily.Swarm"/>,
    /// <see cref="MessageFamily.Coordinates"/>, <see cref="MessageFamily.CommitReveal"/>, or from
    /// <see cref="MessageFamily.Application"/> on.
    /// </param>
    /// <returns>The hosted protocol: its output is what to hand to the protocol's own methods.</returns>
    /// <exception cref="ArgumentException">There is no family, or another protocol has one of them.</exception>
    public HostedProtocol<TEvent> Add<TEvent>(
        IProtocol<TEvent> protocol, Action<TEvent, TimeSpan> handle, params ReadOnlySpan<MessageFamily> families)
    {
        if (families.IsEmpty)
        {
            throw new ArgumentException("A protocol gets the messages of one family at least.", nameof(families));
        }

        foreach (var family in families)
        {
            if (_byFamily[(int)family >> FamilyShift] is not null)
            {
                throw new ArgumentException($"Messages of the family {family} go to another protocol already.", nameof(families));
            }
        }

        return Place(protocol, handle, families);
    }

    /// <summary>A random source for a protocol, from the host's own: see <see cref="GroupHostOptions.Seed"/>.</summary>
    public Random DrawRandom() => new(_random.Next());

    /// <summary>As <see cref="Add"/>, also in place of the protocol that has the families so far.</summary>
    internal HostedProtocol<TEvent> Place<TEvent>(
        IProtocol<TEvent> protocol, Action<TEvent, TimeSpan> handle, params ReadOnlySpan<MessageFamily> families)
    {
        var hosted = new HostedProtocol<TEvent>(protocol, Carry, handle);
        _protocols.Add(hosted);
        foreach (var family in families)
        {
            _byFamily[(int)family >> FamilyShift] = hosted;
        }

        return hosted;
    }

    /// <summary>What time it is when the protocols' clock is at zero, by this machine's clock.</summary>
    internal DateTimeOffset WallAtZero => _time.GetUtcNow() - Now;
}
