-- +goose Up
/*!40101 SET NAMES utf8 */;
SELECT 1;
