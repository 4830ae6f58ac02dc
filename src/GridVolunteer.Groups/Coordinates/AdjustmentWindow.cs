namespace GridVolunteer.Groups.Coordinates;

/// <summary>
/// What predictions lacked lately. Paths of the Internet break the triangle inequality, so no point fits them
/// all; half the mean of what is lacking, added at both ends, mends the most of it (Ledlie et al. 2007).
/// </summary>
internal sealed class AdjustmentWindow(int capacity)
{
    private readonly double[] _lacking = new double[capacity];
    private int _next;

    /// <summary>Half the mean, in seconds; what was not measured yet counts as 0.</summary>
    public double Seconds
    {
        get
        {
            var sum = 0.0;
            foreach (var x in _lacking)
            {
                sum += x;
            }

            return capacity == 0 ? 0 : sum / (2.0 * capacity);
        }
    }

    public void Clear() => Array.Clear(_lacking);

    public void Add(double lackingSeconds)
    {
        if (capacity > 0)
        {
            _lacking[_next] = lackingSeconds;
            _next = (_next + 1) % capacity;
        }
    }
}
