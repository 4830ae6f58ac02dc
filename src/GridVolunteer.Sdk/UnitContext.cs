using GridVolunteer.Sdk.Hosting;
using GridVolunteer.Sdk.Randomness;
using GridVolunteer.Sdk.Serialization;

namespace GridVolunteer.Sdk;

/// <summary>One unit as its computation sees it.</summary>
/// <typeparam name="TParameters">The workload's parameters.</typeparam>
/// <typeparam name="TUnit">The unit's own input.</typeparam>
public sealed class UnitContext<TParameters, TUnit> : JobContext<TParameters>
{
    private readonly ComputeContext _host;
    private readonly JsonBytes _json;

    internal UnitContext(
        ComputeContext host, TParameters parameters, TUnit unit, SharedValues shared, JsonBytes json)
        : base(parameters, host.Inputs, shared)
    {
        _host = host;
        _json = json;
        Unit = unit;
        Random = new UnitRandom(host.Seed, host.Unit);
    }

    /// <summary>The unit's index in the job, from 0.</summary>
    public long Index => _host.Unit;

    /// <summary>The unit's entry of the plan's table; for a plan by count its index.</summary>
    public TUnit Unit { get; }

    /// <summary>
    /// The unit's own random numbers: they follow from the job's seed and the unit's index, so that every
    /// replica on every platform draws the same. Not safe to use from several threads at once.
    /// </summary>
    public UnitRandom Random { get; }

    /// <summary>A folder of the unit's own, empty at the start and removed afterwards.</summary>
    public string ScratchFolder => _host.ScratchFolder;

    /// <summary>Threads this unit may use. Default 1.</summary>
    public int Threads => _host.Threads;

    /// <summary>
    /// Says how far the unit is, 0 to 1. Cheap enough for inner loops that take a millisecond.
    /// </summary>
    public void ReportProgress(double fraction) => _host.ReportProgress(fraction);

    /// <summary>
    /// Keeps the state from which the unit can go on after a crash or on another machine; at most 4 MiB as
    /// JSON (<c>byte[]</c> is kept as it is). The host thins it out, so call it whenever there is something
    /// worth keeping. Include the state of <see cref="Random"/> when random numbers are drawn after a
    /// checkpoint.
    /// </summary>
    public void SaveCheckpoint<TState>(TState state)
        where TState : notnull => _host.SaveCheckpoint(_json.Write(state));

    /// <summary>Reads the last checkpoint; false at a fresh start.</summary>
    public bool TryLoadCheckpoint<TState>(
        [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out TState state)
        where TState : notnull
    {
        if (_host.Checkpoint is not { } bytes)
        {
            state = default;
            return false;
        }

        state = _json.Read<TState>(bytes.Span, "checkpoint");
        return true;
    }
}
