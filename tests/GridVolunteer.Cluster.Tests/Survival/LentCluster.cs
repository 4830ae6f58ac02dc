namespace GridVolunteer.Cluster.Tests.Survival;

/// <summary>
/// One cluster for the tests of a class, one after the other: it takes longer to start than what most do to it. A test that
/// fails does not give it back, and the next one gets a new one.
/// </summary>
public sealed class LentCluster : IAsyncLifetime
{
    private SiloCluster? _cluster;
    private bool _isLent;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_cluster is { } cluster)
        {
            _cluster = null;
            await cluster.DisposeAsync();
        }
    }

    /// <summary>A cluster at work, with all its silos.</summary>
    internal async Task<SiloCluster> LendAsync()
    {
        if (_isLent)
        {
            await DisposeAsync();
        }

        _isLent = true;
        if (_cluster is null)
        {
            _cluster = await SiloCluster.StartAsync();
        }
        else
        {
            await _cluster.RestoreAsync();
        }

        return _cluster;
    }

    /// <summary>The test that has it went well.</summary>
    internal void Return() => _isLent = false;
}
