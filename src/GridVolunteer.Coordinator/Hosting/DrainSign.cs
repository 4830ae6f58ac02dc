namespace GridVolunteer.Coordinator.Hosting;

/// <summary>
/// Whether a stop is near: everything is still answered, but <c>/healthz</c> and <c>/readyz</c> say so, and no
/// connection is kept for another request. Safe for concurrent use.
/// </summary>
public sealed class DrainSign
{
    private volatile bool _isUp;

    /// <summary>True from the beginning of a stop.</summary>
    public bool IsUp => _isUp;

    /// <summary>A stop has begun.</summary>
    public void Raise() => _isUp = true;
}
