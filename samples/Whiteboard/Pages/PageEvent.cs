namespace Whiteboard.Pages;

/// <summary>Something a page is told.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Data">The rest, as JSON.</param>
internal readonly record struct PageEvent(string Name, string Data);
