namespace GridVolunteer.Cli.Demo;

/// <summary>Shows the demo while it runs. Safe for concurrent use.</summary>
public interface IDemoView
{
    /// <summary>Runs <paramref name="demo"/> while showing it.</summary>
    Task ShowAsync(Func<Task> demo);

    /// <summary>Tells something that happened.</summary>
    /// <param name="elapsed">When, since the demo began.</param>
    /// <param name="what">A sentence.</param>
    void Tell(TimeSpan elapsed, string what);

    /// <summary>Shows the state as it is now.</summary>
    void Update(DemoPicture picture);
}
