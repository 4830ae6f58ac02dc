namespace GridVolunteer.Benchmarks.Load;

/// <summary>A service in processes of its own that volunteers load, and that is killed.</summary>
public interface ILoadedService : IDisposable
{
    /// <summary>Its coordinators: one, unless several are run side by side that know nothing of each other.</summary>
    IReadOnlyList<LoadedGrid> Grids { get; }

    /// <summary>From the start of its last process to that one's address being announced.</summary>
    TimeSpan StartedIn { get; }

    /// <summary>What it consists of.</summary>
    IReadOnlyList<ServicePart> Parts { get; }

    /// <summary>kill -9 of every process, and waits until they are gone.</summary>
    Task KillAsync();
}
