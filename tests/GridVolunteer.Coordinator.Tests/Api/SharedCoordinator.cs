namespace GridVolunteer.Coordinator.Tests.Api;

/// <summary>One coordinator for all tests of a class that change nothing others see.</summary>
public sealed class SharedCoordinator : IAsyncLifetime
{
    private TestCoordinator? _coordinator;

    internal TestCoordinator Coordinator =>
        _coordinator ?? throw new InvalidOperationException("The tests have not begun.");

    public async Task InitializeAsync() => _coordinator = await TestCoordinator.StartAsync();

    public async Task DisposeAsync() => await Coordinator.DisposeAsync();
}
