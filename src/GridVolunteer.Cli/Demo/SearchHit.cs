namespace GridVolunteer.Cli.Demo;

/// <summary>A protein found.</summary>
/// <param name="Target">Its name.</param>
/// <param name="Score">The raw score of the alignment.</param>
/// <param name="BitScore">The score, comparable between searches.</param>
/// <param name="EValue">How many hits this good chance alone would give.</param>
public sealed record SearchHit(string Target, int Score, double BitScore, double EValue);
