using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Coordinator.Engine;
using GridVolunteer.Coordinator.Storage;
using GridVolunteer.Coordinator.Tests.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace GridVolunteer.Coordinator.Tests.Conformance;

/// <summary>The embedded grid on SQLite.</summary>
internal sealed class EmbeddedRig(EmbeddedGridOptions? options = null) : GridRig
{
    private readonly StorageFolder _folder = new();
    private readonly EmbeddedGridOptions _options = options ?? new EmbeddedGridOptions();
    private StorageFolder.Session? _session;
    private EmbeddedGrid _grid = null!;

    public EmbeddedGrid Embedded => _grid;

    public override IGrid Grid => _grid;

    public override IVolunteerRoster Volunteers => new EmbeddedRoster(_grid);

    protected override IResultStore Rows => _session!.Storage;

    protected override IReadOnlyList<long> TimerRounds => [_grid.TimerRounds];

    protected override bool HasNotices => _grid.HasNotices;

    public static async Task<EmbeddedRig> StartedAsync(EmbeddedGridOptions? options = null)
    {
        var rig = new EmbeddedRig(options);
        await rig.StartAsync();
        return rig;
    }

    protected override async Task OpenAsync()
    {
        _session = _folder.Open();
        _grid = new EmbeddedGrid(
            _session.Storage, this, this, _options, Clock, NullLogger<EmbeddedGrid>.Instance);
        await _grid.StartAsync(CancellationToken.None);
    }

    protected override async Task CloseAsync()
    {
        await _grid.StopAsync(CancellationToken.None);
        _grid.Dispose();
        await _session!.DisposeAsync();
        _session = null;
    }

    protected override ValueTask RemoveAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
