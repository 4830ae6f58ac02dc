namespace GridVolunteer.EndToEnd.Tests.Running;

/// <summary>
/// A grid with five agents, so that a unit that always fails has five different ones to fail on, for all
/// tests that leave it as they found it.
/// </summary>
public sealed class SharedGrid : IAsyncLifetime
{
    /// <summary>The grid.</summary>
    public TestGrid Grid { get; } = new();

    public async Task InitializeAsync()
    {
        await Grid.StartCoordinatorAsync();
        await Grid.StartAgentsAsync("one", "two", "three", "four", "five");
    }

    public Task DisposeAsync() => Grid.DisposeAsync().AsTask();
}
