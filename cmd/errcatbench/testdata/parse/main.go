// Command parse decodes a YAML file into a node tree: the yardstick of the budget.
package main

import (
	"log"
	"os"

	"gopkg.in/yaml.v3"
)

func main() {
	source, err := os.ReadFile(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	var n yaml.Node
	if err := yaml.Unmarshal(source, &n); err != nil {
		log.Fatal(err)
	}
}
