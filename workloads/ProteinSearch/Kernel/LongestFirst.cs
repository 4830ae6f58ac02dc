namespace GridVolunteer.Workloads.ProteinSearch.Kernel;

/// <summary>
/// The order in which sequences take the lanes: the longest first, so that in the end no lane is left with a
/// long one while the others have nothing to do.
/// </summary>
internal static class LongestFirst
{
    /// <summary>Places 0 to <paramref name="count"/> - 1 by falling length, equal ones as they are.</summary>
    public static int[] Order(int count, Func<int, int> lengthOf)
    {
        var order = new int[count];
        var keys = new long[count];
        for (var place = 0; place < count; place++)
        {
            order[place] = place;
            keys[place] = ((long)(int.MaxValue - lengthOf(place)) << 32) | (uint)place;
        }

        Array.Sort(keys, order);
        return order;
    }
}
