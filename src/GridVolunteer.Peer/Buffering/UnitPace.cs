namespace GridVolunteer.Peer.Buffering;

/// <summary>
/// Seconds one unit of one kind takes on one thread of this machine: a guess at first, measured later.
/// </summary>
internal sealed class UnitPace(double guessSeconds)
{
    private const double Gain = 0.5;

    /// <summary>Whether a unit has been measured.</summary>
    public bool Measured { get; private set; }

    /// <summary>Seconds a unit; more than 0.</summary>
    public double Seconds { get; private set; } = Math.Max(guessSeconds, 1e-6);

    /// <summary>Takes in the mean over units that finished together.</summary>
    public void Note(double seconds)
    {
        seconds = Math.Max(seconds, 1e-6);
        Seconds = Measured ? Seconds + (Gain * (seconds - Seconds)) : seconds;
        Measured = true;
    }
}
